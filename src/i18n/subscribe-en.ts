import type { SubscribeMessages } from './subscribe-messages.ts';

export const subscribeEn: SubscribeMessages = {
  locale: 'en-GB',
  language: 'en',
  intro: 'Be told when something happens. Nothing here needs an account, and nobody keeps your address.',
  noAddress: 'This page does not know its own address: put it before each path below.',
  copy: 'Copy',
  copied: 'Copied',
  selected: 'Selected: press Ctrl+C',
  feeds: { title: 'Feeds', text: 'For a feed reader, a chat, or anything else that follows feeds.' },
  feed: {
    atom: { title: 'Atom', text: 'One entry for each incident; it changes with every update.' },
    rss: { title: 'RSS', text: 'The same as RSS.' },
    updates: { title: 'RSS, each update', text: 'One item for each update, so that none is missed.' },
    json: { title: 'JSON Feed', text: 'Each update, for programs.' },
  },
  calendar: {
    title: 'Calendar',
    text: 'Scheduled maintenance, in your own calendar. It follows every change of plan.',
  },
  openCalendar: 'Subscribe in a calendar',
  email: {
    title: 'E-mail',
    text: 'This page keeps no addresses, so it cannot lose any. Mail programs and feed services turn any of the feeds above into e-mail; whoever runs the page can do the same for a list with their own mail sender.',
  },
  push: {
    title: 'Notifications on this device',
    text: 'Your browser shows each update of an incident or a maintenance. The one who runs the page keeps an address that your browser’s maker gives out, and nothing else; the words are sealed to this browser.',
    off: 'Off.',
    asking: 'Asking your browser …',
    on: 'On: this browser is told.',
    denied: 'Your browser does not allow notifications from this page; its settings can change that.',
    unsupported:
      'This browser has no notifications for web pages. On an iPhone, add the page to the home screen first.',
    failed: 'It could not be arranged just now. Try again later; the feeds work without it.',
  },
  pushOn: 'Tell this browser',
  pushOff: 'Tell it no longer',
  webhooks: {
    title: 'Webhooks',
    text: 'The page can send every update to your endpoint with the signed event in it. Endpoints are set up by whoever runs the page: ask them, and give them the address.',
  },
  badge: {
    title: 'Badge',
    text: 'A small picture for a README or a footer. It prints its own time, because a picture cannot grow old by itself.',
  },
  badgeAlt: (name) => `Status of ${name}`,
  banner: {
    title: 'Banner',
    text: 'For your own page: one line with the state, and the incident that is open. It checks the signature in the reader’s browser, and turns to Unknown when nothing newer can be had.',
  },
  seeBanner: 'See the banner',
  api: {
    title: 'API',
    text: 'The same paths and shapes as the Statuspage API v2, as static files, readable from any origin.',
  },
  age: {
    title: 'How old is an answer?',
    text: 'A file cannot change when the one who writes it is gone. So look at page.updated_at: no answer, or one that is older than 15 minutes, means unknown, whatever it says.',
  },
  inShell: 'In a shell, with curl and jq',
  inJavaScript: 'In JavaScript',
  asHtml: 'HTML',
  asMarkdown: 'Markdown',
};
