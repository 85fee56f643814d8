import type { ComponentChildren } from 'preact';

interface Props {
  readonly offer: { readonly title: string; readonly text: string };
  readonly children?: ComponentChildren;
}

/** One way to be told. */
export function Offer({ offer, children }: Props) {
  return (
    <section class="offer" aria-label={offer.title}>
      <h2>{offer.title}</h2>
      <p>{offer.text}</p>
      {children}
    </section>
  );
}
