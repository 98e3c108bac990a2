/** Bytes as text: UTF-16 where a byte order mark says so, else UTF-8 with what is broken replaced. */
export function decode(content: Uint8Array): string {
  const [first, second] = content;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(content);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(content);
  return new TextDecoder('utf-8', { ignoreBOM: false }).decode(content);
}
