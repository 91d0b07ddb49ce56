/** Node's crypto, which is loaded when it is first needed: where nothing is kept and nothing found, no run waits for it. */
const crypto = () => process.getBuiltinModule('node:crypto')

/** SHA-256 of bytes, or of a text as UTF-8; hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return crypto().createHash('sha256').update(content).digest('hex')
}

/** A part of a file's name that no other process makes. */
export function uniqueName(): string {
  return crypto().randomUUID()
}
