import type { Messages } from '../../i18n/messages.ts';
import type { PublicComponent } from '../../model/snapshot.ts';
import type { ComponentGroup, Reader } from '../../model/view.ts';
import { StatusIcon } from '../ui/status-icon.tsx';
import { TimeText } from './time-text.tsx';

interface ListProps {
  readonly components: readonly PublicComponent[];
  readonly reader: Reader;
  readonly messages: Messages;
}

/** A group with the status of its worst child; components without a group come without a name. */
export function GroupSection({ group, ...rest }: { readonly group: ComponentGroup } & Omit<ListProps, 'components'>) {
  return (
    <section class="group">
      {group.name === null ? null : (
        <h3 data-status={group.status}>
          {group.name} <span class="word">{rest.messages.component[group.status]}</span>
        </h3>
      )}
      <ComponentList components={group.components} {...rest} />
    </section>
  );
}

function ComponentList({ components, reader, messages }: ListProps) {
  return (
    <ul class="components">
      {components.map((component) => (
        <li key={component.id} data-component={component.id} data-status={component.status}>
          <StatusIcon status={component.status} />
          <p class="name">{component.name}</p>
          <p class="word">
            <span class="hidden">{messages.status}: </span>
            {messages.component[component.status]}
          </p>
          <p class="about quiet">
            {component.description === null ? null : `${component.description} · `}
            {component.checked_at === null ? messages.neverChecked : `${messages.checked} `}
            {component.checked_at === null ? null : (
              <TimeText time={component.checked_at} reader={reader} messages={messages} brief />
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
