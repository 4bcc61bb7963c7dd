// Reads and writes the parts that a wasm file is made of.
// Source of the layout: WebAssembly Core Specification 2.0, 5.2 "Values" and 5.5 "Modules".

/** The number at `at`, in LEB128, and where it ends. */
export function readNumber(bytes, at) {
  let value = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[at++];
    value += (byte & 127) * factor;
    if (byte < 128) return [value, at];
  }
}

/** A number in LEB128. */
export function number(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
}

/** The text at `at`, and where it ends. */
export function readText(bytes, at) {
  const [length, start] = readNumber(bytes, at);
  return [bytes.subarray(start, start + length).toString(), start + length];
}

/** A text with its length before it. */
export const text = (value) => Buffer.concat([number(Buffer.byteLength(value)), Buffer.from(value)]);

/** The file with one of its sections made anew; `rewrite` is told where its contents start. */
export function rewriteSection(wasm, id, rewrite) {
  const sections = [wasm.subarray(0, 8)];
  for (let at = 8; at < wasm.length; ) {
    const [size, start] = readNumber(wasm, at + 1);
    if (wasm[at] !== id) sections.push(wasm.subarray(at, start + size));
    else {
      const rewritten = rewrite(wasm, start);
      sections.push(Buffer.from([id]), number(rewritten.length), rewritten);
    }
    at = start + size;
  }
  return Buffer.concat(sections);
}
