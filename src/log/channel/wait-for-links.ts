import type { Platform } from '../../platform.ts';
import type { Channel } from './channel-driver.ts';
import type { LinkView } from './link-view.ts';

/** At least one relay is in step with this device, and every other is too or cannot be reached. */
export function isInStep(links: readonly LinkView[]): boolean {
  return links.some(({ synced }) => synced) && isAllThatCanBe(links);
}

/** Every relay is in step with this device or cannot be reached: nothing more will come soon. */
export function isAllThatCanBe(links: readonly LinkView[]): boolean {
  return links.every(({ synced, state }) => synced || state === 'waiting');
}

/** True as soon as `condition` holds; false when it has not come to hold within `timeoutMs`. */
export function waitForLinks(
  channel: Channel,
  platform: Platform,
  timeoutMs: number,
  condition: (links: readonly LinkView[]) => boolean,
): Promise<boolean> {
  if (condition(channel.links())) return Promise.resolve(true);
  return new Promise((resolve) => {
    const finish = (held: boolean) => {
      end();
      cancel();
      resolve(held);
    };
    const end = channel.onChange(() => {
      if (condition(channel.links())) finish(true);
    });
    const cancel = platform.after(timeoutMs, () => finish(false));
  });
}
