import type { Messages } from '../../i18n/messages.ts';
import type { PublicComponent } from '../../model/snapshot.ts';
import type { Uptime } from '../../model/uptime.ts';
import type { ComponentGroup, Reader } from '../../model/view.ts';
import { StatusIcon } from '../ui/status-icon.tsx';
import { TimeText } from './time-text.tsx';
import { UptimeStrip } from './uptime-strip.tsx';

interface ListProps {
  readonly components: readonly PublicComponent[];
  readonly uptime: Uptime | null;
  readonly reader: Reader;
  readonly messages: Messages;
}

/** A group with the status of its worst child, open where that is not operational; without a name it is a plain list. */
export function GroupSection({ group, ...rest }: { readonly group: ComponentGroup } & Omit<ListProps, 'components'>) {
  const { reader, messages } = rest;
  const { id, name, status, components } = group;
  const list = <ComponentList components={components} {...rest} />;
  if (name === null) return <section class="group">{list}</section>;
  return (
    <details class="group" data-group={id} open={reader.opened?.[`${id} ${status}`] ?? status !== 'operational'}>
      <summary data-status={status}>
        <StatusIcon status={status} />
        <h3 class="name">{name}</h3>
        <StatusWord status={status} messages={messages} />
      </summary>
      {list}
    </details>
  );
}

function ComponentList({ components, uptime, reader, messages }: ListProps) {
  return (
    <ul class="components">
      {components.map((component) => (
        <li key={component.id} data-component={component.id} data-status={component.status}>
          <StatusIcon status={component.status} />
          <p class="name">{component.name}</p>
          <StatusWord status={component.status} messages={messages} />
          <p class="about quiet">
            {component.description === null ? null : `${component.description} · `}
            {component.checked_at === null ? messages.neverChecked : `${messages.checked} `}
            {component.checked_at === null ? null : (
              <TimeText time={component.checked_at} reader={reader} messages={messages} brief />
            )}
          </p>
          {uptime === null ? null : (
            <UptimeStrip component={component} uptime={uptime} reader={reader} messages={messages} />
          )}
        </li>
      ))}
    </ul>
  );
}

function StatusWord({ status, messages }: { readonly status: ComponentGroup['status']; readonly messages: Messages }) {
  return (
    <span class="word">
      <span class="hidden">{messages.status}: </span>
      {messages.component[status]}
    </span>
  );
}
