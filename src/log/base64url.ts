const CHUNK = 8192;

/** Base64url (RFC 4648 §5) without padding, of UTF-8 text. */
export function toBase64Url(text: string): string {
  return bytesToBase64Url(new TextEncoder().encode(text));
}

/** The text, or undefined where it is not base64url of UTF-8. */
export function fromBase64Url(text: string): string | undefined {
  const bytes = bytesFromBase64Url(text);
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined; // No text: the caller says what was expected.
  }
}

export function bytesToBase64Url(bytes: Uint8Array): string {
  let binary = '';
  // All at once, a megabyte would be a million arguments.
  for (let from = 0; from < bytes.length; from += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(from, from + CHUNK));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The bytes, or undefined where `text` is not base64url. */
export function bytesFromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return undefined; // Not base64: the caller says what was expected.
  }
}
