/** The part of the Shape Detection API that is used; TypeScript does not know it yet. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}

declare const BarcodeDetector: new (options: { formats: readonly string[] }) => Detector;

const LOOK_EVERY_MS = 200;

/** Shows the camera in `view` and hands each QR code to `onCode`, until `ended`. Rejects where there is no camera to use. */
export async function scanCodes(
  view: HTMLVideoElement,
  onCode: (text: string) => void,
  ended: AbortSignal,
): Promise<void> {
  const detector = new BarcodeDetector({ formats: ['qr_code'] });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  if (ended.aborted) return stop();
  ended.addEventListener('abort', stop);
  view.srcObject = stream;
  await view.play();
  while (!ended.aborted) {
    for (const { rawValue } of await detector.detect(view)) onCode(rawValue);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
