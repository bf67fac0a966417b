/** A receipt, its leaf and its check code; the twin of checkin/receipts.py. Whether it holds: verify.ts. */
import { hex, sha256, unb64, utf8, type Bytes } from "./bytes.ts";

export interface Receipt {
  v: 1;
  kid: string;
  epoch: number;
  size: number;
  time: number;
  prev: string;
  root: string;
  sig: string;
  index: number;
  count: number;
  path: string[];
  salt: string;
  fields: {
    kind: string;
    campaign: number;
    id: string;
    pass: number | null;
    checkpoint: number;
    organisation: number;
    at: number;
    grade: string;
    late: boolean;
  };
}

const LEAF = Uint8Array.of(0);

function canonical({ fields }: Receipt): Bytes {
  const { kind, campaign, id, pass, checkpoint, organisation, at, grade, late } = fields;
  const parts = ["zuji-leaf-1", kind, campaign, id, pass ?? "", checkpoint, organisation, at, grade, late ? "1" : "0"];
  return utf8(parts.join("\n"));
}

export const leafOf = (receipt: Receipt): Promise<Bytes> => sha256(LEAF, unb64(receipt.salt), canonical(receipt));

/** The leaf's first eight hex digits as people compare them: "7F3A 91C2". */
export const checkCode = (leafHex: string): string => `${leafHex.slice(0, 4)} ${leafHex.slice(4, 8)}`.toUpperCase();

/** The leaf in hex: the check code and the turn of the seal come from it. */
export const leafHex = async (receipt: Receipt): Promise<string> => hex(await leafOf(receipt));
