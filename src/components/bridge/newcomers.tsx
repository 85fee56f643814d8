import { useStore } from '@nanostores/preact';
import { useState } from 'preact/hooks';
import { $newcomers, letIn, type Newcomer, refuse } from '../../stores/inviting.ts';
import { $messages } from '../../stores/language.ts';
import { CarryTo } from './carry-to.tsx';
import { focusOn } from './focus-on.ts';
import { isolated } from './isolated.ts';
import { Task } from './task.tsx';

interface Done {
  readonly pk: string;
  readonly name: string;
}

/** Who asks to be let in, each with four words to compare; and, once in, how to bring them what they need by hand. */
export function Newcomers() {
  const words = useStore($messages).people.newcomer;
  const newcomers = useStore($newcomers);
  const [done, setDone] = useState<readonly Done[]>([]);
  const admit = async (newcomer: Newcomer) => {
    await letIn(newcomer);
    setDone((before) => [...before, newcomer.request]);
    focusOn('newcomers');
  };
  const deny = async (newcomer: Newcomer) => {
    await refuse(newcomer);
    focusOn('members');
  };
  const isEmpty = newcomers.length === 0 && done.length === 0;
  return (
    <section class={isEmpty ? 'hidden' : 'card'} aria-labelledby="newcomers">
      <h2 id="newcomers" tabIndex={-1}>
        {words.title}
      </h2>
      <div role="status" class="stack">
        {newcomers.map((newcomer) => (
          <Asking
            key={newcomer.request.pk}
            newcomer={newcomer}
            onYes={() => admit(newcomer)}
            onNo={() => deny(newcomer)}
          />
        ))}
        {done.map(({ pk, name }) => (
          <div key={pk} class="stack" data-let-in={pk}>
            <p>
              <strong>{words.done(isolated(name))}</strong>
            </p>
            <p class="quiet">{words.carryHint}</p>
            <CarryTo pk={pk} />
          </div>
        ))}
      </div>
    </section>
  );
}

interface AskingProperties {
  readonly newcomer: Newcomer;
  readonly onYes: () => Promise<void>;
  readonly onNo: () => Promise<void>;
}

function Asking({ newcomer, onYes, onNo }: AskingProperties) {
  const messages = useStore($messages).people;
  const words = messages.newcomer;
  const { request, refusal, roles } = newcomer;
  const asRoles = words.asRoles(roles.map((role) => messages.role[role]).join(', '));
  return (
    <article class="newcomer" data-newcomer={request.pk}>
      <h3>{words.asks(isolated(request.name))}</h3>
      {refusal === null ? (
        <>
          <p>{words.compare}</p>
          <ol class="compare-words" aria-label={words.words}>
            {newcomer.words.map((word) => (
              <li key={word}>{word}</li>
            ))}
          </ol>
          <p class="quiet">{asRoles}</p>
        </>
      ) : (
        <p class="problem">{refusal === 'too old' ? words.tooOld : words.usedUp}</p>
      )}
      <div class="row">
        {refusal === null && <Task label={words.letIn} look="primary" work={onYes} />}
        <Task label={words.refuse} work={onNo} />
      </div>
    </article>
  );
}
