// The canonical form is pure and the folds of `model` need it too, so it lives there.
export { canonical, type Json, parseCanonical } from '../model/canonical.ts';
