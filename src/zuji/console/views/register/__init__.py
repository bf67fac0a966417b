"""The register of firms: the list, a firm's record, doubtful pairs, lists of authorities, towns, rules."""
