import { correction, generate } from 'lean-qr';

/** Cameras want four light modules around a code. */
const QUIET = 4;

/**
 * `text` as a QR code for a terminal of so many `columns`, two rows of modules in each line; a sentence where it does not
 * fit. Light modules are drawn, so it is right on a dark ground; most readers take it on a light one too.
 */
export function qrText(text: string, columns: number): string {
  const code = generate(text, { maxCorrectionLevel: correction.L });
  const width = code.size + 2 * QUIET;
  if (width > columns)
    return `The QR code needs ${width} columns and this terminal has ${columns}: make it wider, or use the link.\n`;
  const isLight = (x: number, y: number) => y < width && !code.get(x - QUIET, y - QUIET);
  const lines = Array.from({ length: Math.ceil(width / 2) }, (_, row) =>
    Array.from({ length: width }, (_module, x) => block(isLight(x, 2 * row), isLight(x, 2 * row + 1))).join(''),
  );
  return `${lines.join('\n')}\n`;
}

function block(upper: boolean, lower: boolean): string {
  if (upper) return lower ? '█' : '▀';
  return lower ? '▄' : ' ';
}
