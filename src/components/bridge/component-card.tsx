import { useStore } from '@nanostores/preact';
import { useState } from 'preact/hooks';
import { COMPONENT_STATUSES, type ComponentStatus } from '../../model/status.ts';
import { $messages } from '../../stores/language.ts';
import { setComponent } from '../../stores/post.ts';
import { $components, $mayPost } from '../../stores/public.ts';
import { Choice } from './choice.tsx';
import { focusOn } from './focus-on.ts';
import { Task } from './task.tsx';

/** How a component is, said by hand: for what no watcher looks at, and what needs no incident. */
export function ComponentCard() {
  const messages = useStore($messages);
  const words = messages.post.set;
  const components = useStore($components);
  const [chosen, setChosen] = useState('');
  const [status, setStatus] = useState<ComponentStatus>('operational');
  const component = components.find(({ id }) => id === chosen) ?? components[0];
  if (!useStore($mayPost) || component === undefined) return null;
  return (
    <section class="card post" aria-labelledby="set-component">
      <h2 id="set-component">{words.title}</h2>
      <p class="quiet">{words.what}</p>
      <div class="pair">
        <Choice
          id="set-id"
          label={words.component}
          value={component.id}
          options={components.map(({ id, name }) => [id, name] as const)}
          onChoose={setChosen}
        />
        <Choice
          id="set-status"
          label={words.status}
          value={status}
          options={COMPONENT_STATUSES.map((one) => [one, messages.status[one]] as const)}
          onChoose={setStatus}
        />
      </div>
      <div class="row">
        <Task
          label={words.set}
          work={() => setComponent(component.id, status, component.name).then(() => focusOn('main'))}
        />
      </div>
    </section>
  );
}
