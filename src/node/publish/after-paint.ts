const ENTRY = /<script type="module" src="([^"]+)"><\/script>/;

/** A page that is not painted for so long asks for its script all the same: it may have been put into the background. */
const UNPAINTED_MS = 3_000;

/**
 * A page whose HTML already says everything asks for its script once that was painted: nothing may come between a reader on a
 * slow network and the status.
 */
export function scriptAfterPaint(html: string): string {
  return html.replace(
    ENTRY,
    (_, address: string) => `<script type="module">${loader(JSON.stringify(address))}</script>`,
  );
}

/** A frame's callback comes before the frame is seen, so the browser's own word on painting is heard where it gives one. */
function loader(address: string): string {
  const painting = `new PerformanceObserver(()=>load()).observe({type:"paint",buffered:true})`;
  const known = `!document.hidden&&PerformanceObserver.supportedEntryTypes.includes("paint")`;
  return `let load=()=>{load=()=>{};import(${address})};if(${known}){${painting};setTimeout(()=>load(),${UNPAINTED_MS})}else setTimeout(()=>load())`;
}
