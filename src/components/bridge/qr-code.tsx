import { useEffect, useState } from 'preact/hooks';

/** White modules around the code, without which many cameras do not find it. */
const MARGIN = 4;

interface Drawing {
  readonly size: number;
  readonly path: string;
}

/** `text` as a QR code, drawn here as one path: black on white in any colour scheme, since cameras expect that. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const [drawn, setDrawn] = useState<Drawing | null>(null);
  useEffect(() => {
    let wanted = true;
    void drawing(text).then((made) => wanted && setDrawn(made));
    return () => {
      wanted = false;
    };
  }, [text]);
  if (drawn === null) return null;
  const side = drawn.size + 2 * MARGIN;
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`${-MARGIN} ${-MARGIN} ${side} ${side}`}>
      <rect x={-MARGIN} y={-MARGIN} width={side} height={side} fill="#fff" />
      <path d={drawn.path} fill="#000" shape-rendering="crispEdges" />
    </svg>
  );
}

/** The code as a path of unit squares. The encoder comes only when a code is to be shown. */
export async function drawing(text: string): Promise<Drawing> {
  const { generate } = await import('lean-qr');
  const { size, get } = generate(text);
  const cells = Array.from({ length: size * size }, (_, n) => [n % size, Math.floor(n / size)] as const);
  const path = cells.flatMap(([x, y]) => (get(x, y) ? [`M${x} ${y}h1v1h-1z`] : [])).join('');
  return { size, path };
}
