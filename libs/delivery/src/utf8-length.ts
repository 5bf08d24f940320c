/** Bytes of a well-formed string in UTF-8; libs have no `TextEncoder`. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    const isSurrogate = unit >= 0xd800 && unit <= 0xdfff;
    // A pair of surrogates is four bytes: two for each half.
    bytes += unit < 0x800 || isSurrogate ? 1 : 2;
  }
  return bytes;
}
