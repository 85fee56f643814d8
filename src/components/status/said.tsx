import type { Spoken } from '../../i18n/translated.ts';

/**
 * What a person wrote, in its own language and direction; struck where it was taken back. Only a `bdi` carries `lang`, and each
 * does: Preact takes it away as lang="", which would say that the language is unknown.
 */
export function Said({ text, lang, struck }: Spoken & { readonly struck?: boolean }) {
  return <bdi lang={lang}>{struck ? <del>{text}</del> : text}</bdi>;
}
