import { useStore } from '@nanostores/preact';
import { useState } from 'preact/hooks';
import { $messages } from '../../stores/language.ts';
import { $mayPost, $records } from '../../stores/public.ts';
import { SaidRecord } from './said-record.tsx';

/** So many are drawn at once. */
const STEP = 10;

/** What stands in public, written last first: each text can be corrected, each update taken back. */
export function SaidList() {
  const words = useStore($messages).post.said;
  const records = useStore($records);
  const [shown, setShown] = useState(STEP);
  if (!useStore($mayPost)) return null;
  return (
    <section class="card post" aria-labelledby="said">
      <h2 id="said">{words.title}</h2>
      {records.length === 0 && <p class="quiet">{words.none}</p>}
      {records.slice(0, shown).map((record) => (
        <SaidRecord key={record.code} record={record} />
      ))}
      {records.length > shown && (
        <button type="button" onClick={() => setShown(shown + STEP)}>
          {words.older}
        </button>
      )}
    </section>
  );
}
