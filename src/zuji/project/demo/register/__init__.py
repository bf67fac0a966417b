"""The demo's register: firms that a seed makes up, what five authorities write of them, and how that comes in."""
