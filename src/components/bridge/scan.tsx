import { useStore } from '@nanostores/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { $messages } from '../../stores/language.ts';

type State = 'off' | 'on' | 'refused';

/** Reads a QR code with the browser's own detector; nothing at all where it has none, since a paste does the same. */
export function Scan({ onCode }: { readonly onCode: (text: string) => void }) {
  const words = useStore($messages).people.scan;
  const [state, setState] = useState<State>('off');
  const isOffered = typeof window !== 'undefined' && 'BarcodeDetector' in window && 'mediaDevices' in navigator;
  if (!isOffered) return null;
  return (
    <div class="stack">
      <button type="button" onClick={() => setState(state === 'on' ? 'off' : 'on')}>
        {state === 'on' ? words.stop : words.start}
      </button>
      {state === 'on' && <Camera onCode={onCode} onRefused={() => setState('refused')} />}
      <p role="status">
        {state === 'on' && words.looking}
        {state === 'refused' && words.refused}
      </p>
    </div>
  );
}

interface CameraProperties {
  readonly onCode: (text: string) => void;
  readonly onRefused: () => void;
}

function Camera({ onCode, onRefused }: CameraProperties) {
  const words = useStore($messages).people.scan;
  const view = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const ended = new AbortController();
    // The reader is fetched only when somebody scans.
    void import('./scan-codes.ts')
      .then(({ scanCodes }) => view.current && scanCodes(view.current, onCode, ended.signal))
      .catch(() => !ended.signal.aborted && onRefused());
    return () => ended.abort();
  }, []);
  return <video class="camera" ref={view} muted playsInline aria-label={words.view} />;
}
