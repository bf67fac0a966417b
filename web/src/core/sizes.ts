/** Megabytes as people read them: one digit after the point below ten, none above; never "0". */
export const megabytes = (bytes: number): string => (bytes < 9_950_000 ? Math.max(0.1, bytes / 1e6).toFixed(1) : String(Math.round(bytes / 1e6)));
