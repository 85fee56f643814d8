import { canSealTo } from '../rooms/seal.ts';

/** Throws one sentence where this can be no device's key: it is the root's, or a digit is wrong. */
export function mustBeDeviceKey(publicKey: string, root: string): void {
  if (publicKey === root) {
    throw new Error('This is the root key: it stands above all devices, and can be neither enrolled nor removed.');
  }
  if (!canSealTo(publicKey)) {
    throw new Error(
      'This is not a device key: it has 64 digits of 0-9 and a-f, none of them mistyped. Copy it again from the device.',
    );
  }
}
