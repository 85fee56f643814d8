import type { Language } from '../model/language.ts';

/** What search engines print under a page's title. Never the state: they keep it for weeks. */
interface Descriptions {
  readonly status: (name: string) => string;
  readonly history: (name: string, month: string) => string;
  readonly subscribe: (name: string) => string;
  readonly verify: (name: string) => string;
}

/** For Node alone: no browser needs them. */
export const DESCRIPTIONS: Readonly<Record<Language, Descriptions>> = {
  en: {
    status: (name) => `The state of ${name}: components, open incidents, scheduled maintenance.`,
    history: (name, month) => `Incidents and maintenance of ${name}, ${month}.`,
    subscribe: (name) => `Feeds, calendar, API, badge and banner for the state of ${name}.`,
    verify: (name) => `Check every signature of what ${name} has published, in your own browser.`,
  },
  'pt-BR': {
    status: (name) => `O estado de ${name}: componentes, incidentes abertos, manutenções programadas.`,
    history: (name, month) => `Incidentes e manutenções de ${name}, ${month}.`,
    subscribe: (name) => `Feeds, calendário, API, selo e faixa com o estado de ${name}.`,
    verify: (name) => `Confira no seu navegador cada assinatura do que ${name} publicou.`,
  },
  es: {
    status: (name) => `El estado de ${name}: componentes, incidentes abiertos, mantenimientos previstos.`,
    history: (name, month) => `Incidentes y mantenimientos de ${name}, ${month}.`,
    subscribe: (name) => `Feeds, calendario, API, insignia y franja con el estado de ${name}.`,
    verify: (name) => `Comprueba en tu navegador cada firma de lo que ${name} ha publicado.`,
  },
};
