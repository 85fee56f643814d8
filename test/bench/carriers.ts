import type { Carrier } from './carrier.ts';
import { lifeboat } from './carrier-lifeboat.ts';
import { mosquitto } from './carrier-mosquitto.ts';
import { nats, natsAlways } from './carrier-nats.ts';

const CARRIERS: readonly Carrier[] = [lifeboat, mosquitto, nats, natsAlways];

/** Those that are there; of the others, `say` hears that they are not. */
export function installedCarriers(say: (sentence: string) => void): readonly Carrier[] {
  for (const { name, isInstalled } of CARRIERS) if (!isInstalled) say(`${name}: not installed here, left out.`);
  return CARRIERS.filter(({ isInstalled }) => isInstalled);
}
