/** What one page or worker fetched over the network; what a cache or a worker answered is not counted. */
export interface Traffic {
  readonly bytes: number;
  readonly requests: number;
  /** Decoded bytes of scripts, wherever they came from. */
  readonly script: number;
  /** Bytes on the wire until the moment `at` (Unix ms). */
  bytesBy(at: number): number;
  /** Nothing under way, and nothing heard for so many milliseconds. */
  isQuiet(ms: number): boolean;
  /** The page is the browser's own error page. */
  readonly failed: boolean;
  readonly loaded: boolean;
  take(method: string, params: unknown): void;
  forget(): void;
}

interface Request {
  type: string;
  decoded: number;
  /** Bytes of the body on the wire, where the host said so. */
  length: number;
  isNetwork: boolean;
}

interface Message {
  readonly requestId: string;
  readonly type?: string;
  readonly dataLength?: number;
  readonly encodedDataLength?: number;
  readonly request?: { readonly url: string };
  readonly response?: {
    readonly fromServiceWorker?: boolean;
    readonly fromDiskCache?: boolean;
    readonly headers?: Readonly<Record<string, string>>;
  };
  readonly frame?: { readonly parentId?: string; readonly unreachableUrl?: string };
}

/** Adds up the DevTools messages of one session. */
export function countTraffic(): Traffic {
  const requests = new Map<string, Request>();
  const open = new Set<string>();
  const finished: { readonly at: number; readonly bytes: number }[] = [];
  let [count, script, last] = [0, 0, Date.now()];
  let [failed, loaded] = [false, false];

  function notNetwork(request: Request | undefined): void {
    if (request?.isNetwork !== true) return;
    request.isNetwork = false;
    count -= 1;
  }

  function take(method: string, params: unknown): void {
    const message = params as Message;
    const request = requests.get(message.requestId);
    last = Date.now();
    switch (method) {
      case 'Network.requestWillBeSent':
        if (!/^https?:/.test(message.request?.url ?? '') || request !== undefined) return;
        requests.set(message.requestId, { type: message.type ?? '', decoded: 0, length: 0, isNetwork: true });
        open.add(message.requestId);
        count += 1;
        return;
      case 'Network.requestServedFromCache':
        notNetwork(request);
        return;
      case 'Network.responseReceived':
        if (request !== undefined) {
          request.type = message.type ?? request.type;
          request.length = Number(message.response?.headers?.['content-length'] ?? 0);
        }
        if (message.response?.fromServiceWorker || message.response?.fromDiskCache) notNetwork(request);
        return;
      case 'Network.dataReceived':
        if (request !== undefined) request.decoded += message.dataLength ?? 0;
        return;
      case 'Network.loadingFinished':
        open.delete(message.requestId);
        // Of a thread's own script the browser reports the headers alone.
        if (request?.isNetwork)
          finished.push({ at: last, bytes: Math.max(message.encodedDataLength ?? 0, request.length) });
        if (request?.type === 'Script') script += request.decoded;
        return;
      case 'Network.loadingFailed':
        open.delete(message.requestId);
        return;
      case 'Page.loadEventFired':
        loaded = true;
        return;
      case 'Page.frameNavigated':
        if (message.frame?.parentId === undefined && message.frame?.unreachableUrl !== undefined) failed = true;
    }
  }

  return {
    get bytes() {
      return finished.reduce((sum, one) => sum + one.bytes, 0);
    },
    get requests() {
      return count;
    },
    get script() {
      return script;
    },
    bytesBy: (at) => finished.filter((one) => one.at <= at).reduce((sum, one) => sum + one.bytes, 0),
    isQuiet: (ms) => open.size === 0 && Date.now() - last > ms,
    get failed() {
      return failed;
    },
    get loaded() {
      return loaded;
    },
    take,
    forget: () => {
      [failed, loaded, last] = [false, false, Date.now()];
    },
  };
}
