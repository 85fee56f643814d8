import { AHEAD_MAX_MS } from '../../model/freshness.ts';

const ENTRY = /<script type="module" src="([^"]+)"><\/script>/;

/** A page that is not painted for so long asks for its script all the same: it may have been put into the background. */
const UNPAINTED_MS = 3_000;
/** How soon a script that could not be had is asked for again. */
const AGAIN_MS = 5_000;

/** How soon a page sees that its device slept, where nothing else tells it. */
const LOOK_MS = 5_000;

/**
 * A page whose HTML already says everything asks for its script once that was painted: nothing may come between a reader on a
 * slow network and the status.
 */
export function scriptAfterPaint(html: string): string {
  return html.replace(
    ENTRY,
    (_, address: string) => `<script type="module">${LIFE}${loader(JSON.stringify(address))}</script>`,
  );
}

/**
 * A shell has nothing to read yet: its script is asked for before the styles are even looked at, and nothing is drawn until it
 * ran, so that the browser lays out what this device holds and not the shell first. A script that cannot be had ends that too.
 */
export function scriptFirst(html: string): string {
  const script = ENTRY.exec(html)?.[0].replace(' src=', ' blocking="render" src=') ?? '';
  return html.replace(ENTRY, '').replace('<meta name="viewport"', (meta) => `${script}${meta}`);
}

/**
 * The script may never come. The HTML's claims then end all the same: at their time, on a device whose clock is behind after as
 * long as they may last, and at once where they are ahead of its clock.
 */
const LIFE = [
  'const box=document.getElementById("lifeboat"),{made,until,unknown}=box.dataset,now=Date.now();',
  'const wear=()=>{if("ticking" in box.dataset)return;',
  'for(const one of box.querySelectorAll("[data-freshness],[data-component],.group summary")){',
  'one.dataset.status="unknown";one.querySelector(".icon")?.remove();',
  'if(one.dataset.freshness)one.dataset.freshness="expired";',
  'for(const word of one.querySelectorAll(".answer,.word"))word.textContent=unknown}',
  // Of a page about something else the title tells no state.
  'if(box.querySelector("h1.answer"))document.title=document.title.replace(/^[^·]*(?= ·)/,unknown);',
  'document.querySelector("link[rel=icon]")?.setAttribute("href","/icon.svg")};',
  `const left=made-now>${AHEAD_MAX_MS}?0:Math.min(until-now,until-made),look=()=>Date.now()<now+left||wear();`,
  // While a device sleeps its timers may stand still, but not its clock.
  `setTimeout(wear,left);setInterval(look,${LOOK_MS});`,
  'for(const back of ["visibilitychange","pageshow"])addEventListener(back,look);',
].join('');

/** A frame's callback comes before the frame is seen, so the browser's own word on painting is heard where it gives one. */
function loader(address: string): string {
  const load = `let load=()=>{load=()=>{};ask()};const ask=()=>import(${address}).catch(()=>setTimeout(ask,${AGAIN_MS}));`;
  const painting = `new PerformanceObserver(()=>load()).observe({type:"paint",buffered:true})`;
  const known = `!document.hidden&&PerformanceObserver.supportedEntryTypes.includes("paint")`;
  return `${load}if(${known}){${painting};setTimeout(()=>load(),${UNPAINTED_MS})}else setTimeout(()=>load())`;
}
