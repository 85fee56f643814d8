import { useStore } from '@nanostores/preact';
import { $messages } from '../../stores/language.ts';
import { runbookAddress } from '../../stores/route.ts';
import type { Inline, LinkTarget } from '../../vault/document.ts';

/** Text with emphasis, code and links. A link that leaves this device says that it needs a network. */
export function Inlines({ inlines }: { readonly inlines: readonly Inline[] }) {
  return (
    <>
      {inlines.map((inline, position) => (
        <InlineView key={position} inline={inline} />
      ))}
    </>
  );
}

function InlineView({ inline }: { readonly inline: Inline }) {
  switch (inline.type) {
    case 'text':
      return <>{inline.text}</>;
    case 'code':
      return <code>{inline.text}</code>;
    case 'strong':
      return (
        <strong>
          <Inlines inlines={inline.children} />
        </strong>
      );
    case 'emphasis':
      return (
        <em>
          <Inlines inlines={inline.children} />
        </em>
      );
    case 'deleted':
      return (
        <s>
          <Inlines inlines={inline.children} />
        </s>
      );
    case 'link':
      return <Link to={inline.to} inlines={inline.children} />;
    case 'break':
      return <br />;
  }
}

function Link({ to, inlines }: { readonly to: LinkTarget; readonly inlines: readonly Inline[] }) {
  const words = useStore($messages).runbooks;
  if (to.type === 'runbook') {
    return (
      <a href={runbookAddress(to.id)}>
        <Inlines inlines={inlines} />
      </a>
    );
  }
  const leaves = /^https?:/.test(to.href);
  return (
    <a href={to.href} {...(leaves ? { target: '_blank', rel: 'noopener noreferrer' } : {})}>
      <Inlines inlines={inlines} />
      {leaves && <small class="quiet"> ({words.network})</small>}
    </a>
  );
}
