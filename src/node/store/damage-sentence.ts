import type { Damage } from '../../log/store/damage.ts';

/** One plain sentence for the command line. */
export function damageSentence(damage: Damage): string {
  switch (damage.type) {
    case 'short':
      return `This copy is damaged: ${damage.held} of ${damage.expected} events are left; the rest comes back from the relays.`;
    case 'misfits':
      return `This copy is damaged: ${damage.count} stored events do not fit their ids and are left out (first: ${damage.first}).`;
    case 'mended':
      return `This copy was damaged: ${damage.count} events were missing; they are back.`;
    case 'unsaved':
      return `${damage.count} events are shown and not stored (${damage.trouble}); free some space, then they are.`;
  }
}
