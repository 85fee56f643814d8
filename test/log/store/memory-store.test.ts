import { createMemoryStore } from '../../../src/log/store/memory-store.ts';
import { describeStore } from './store-contract.ts';

describeStore('memory', () => ({ open: createMemoryStore }), { lasting: false });
