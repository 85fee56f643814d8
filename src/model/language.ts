/** BCP 47 languages that the pages speak, and that posts may be translated into. */
export const LANGUAGES = ['en', 'pt-BR', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];
