import type { ComponentChildren } from 'preact';

interface Props {
  readonly id: string;
  readonly offer: { readonly title: string; readonly text: string };
  readonly children?: ComponentChildren;
}

/** One way to be told. */
export function Offer({ id, offer, children }: Props) {
  return (
    <section class="offer" aria-labelledby={id}>
      <h2 id={id}>{offer.title}</h2>
      <p>{offer.text}</p>
      {children}
    </section>
  );
}
