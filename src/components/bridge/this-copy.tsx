import { useStore } from '@nanostores/preact';
import { $chainDoubts, type ChainDoubt } from '../../stores/chains.ts';
import { $copy } from '../../stores/copy.ts';
import { $locale, $messages } from '../../stores/language.ts';
import { $lasting, askToKeep } from '../../stores/lasting.ts';
import { $events } from '../../stores/log.ts';
import { $updateFailure } from '../../stores/update.ts';
import { isolated } from './isolated.ts';

const MEGABYTE = 1_000_000;

/** Where the log is kept on this device, what is missing from it, and whether the browser will keep it. */
export function ThisCopy() {
  const words = useStore($messages).copy;
  const locale = useStore($locale);
  const { mode } = useStore($copy);
  const doubts = useStore($chainDoubts);
  const failure = useStore($updateFailure);
  const events = useStore($events).length.toLocaleString(locale);
  const kept = mode.type === 'durable' ? words.kept(events) : words[mode.type](words.trouble[mode.reason]);
  return (
    <section class="card" aria-labelledby="this-copy" data-copy={mode.type}>
      <h2 id="this-copy">{words.title}</h2>
      <p>{kept}</p>
      {doubts.length === 0 && <p class="quiet">{words.whole}</p>}
      {failure !== null && <p data-update-failed={failure}>{words.updateFailed[failure]}</p>}
      <ul>
        {doubts.map((doubt) => (
          <Doubt key={doubt.key} doubt={doubt} />
        ))}
      </ul>
      {mode.type !== 'memory' && <Lasting />}
    </section>
  );
}

function Doubt({ doubt }: { readonly doubt: ChainDoubt }) {
  const words = useStore($messages).copy;
  const name = doubt.mine ? words.thisDevice : doubt.name === null ? words.unknownDevice : isolated(doubt.name);
  return (
    <>
      {doubt.missing > 0 && <li data-missing={doubt.missing}>{words.gaps(name, doubt.missing, doubt.places)}</li>}
      {doubt.forked && <li data-forked>{words.forks(name)}</li>}
    </>
  );
}

function Lasting() {
  const words = useStore($messages).copy.storage;
  const locale = useStore($locale);
  const { promise, used } = useStore($lasting);
  const size = used === null ? null : (used / MEGABYTE).toLocaleString(locale, { maximumFractionDigits: 1 });
  return (
    <>
      {promise !== 'unknown' && (
        <p class="quiet" data-storage={promise}>
          {promise === 'given' ? words.lasting : promise === 'refused' ? words.refused : words.temporary}
          {size !== null && ` ${words.used(`${size} MB`)}.`}
        </p>
      )}
      {promise !== 'given' && promise !== 'unknown' && (
        <button type="button" onClick={() => void askToKeep()}>
          {words.ask}
        </button>
      )}
    </>
  );
}
