/** A token bucket: `burst` at once, then `rate` a second. */
export interface Bucket {
  tokens: number;
  /** Unix milliseconds of the last look. */
  at: number;
}

export interface BucketSize {
  readonly rate: number;
  readonly burst: number;
}

/** Takes one token out of the owner's bucket; false when there is none. A new owner's bucket is full. */
export function spend(buckets: Map<string, Bucket>, owner: string, size: BucketSize, now: number): boolean {
  const bucket = buckets.get(owner) ?? { tokens: size.burst, at: now };
  buckets.set(owner, bucket);
  return take(bucket, size, now);
}

function take(bucket: Bucket, { rate, burst }: BucketSize, now: number): boolean {
  // A clock that went back refills nothing and takes nothing away.
  const passed = Math.max(0, now - bucket.at);
  bucket.tokens = Math.min(burst, bucket.tokens + (passed * rate) / 1000);
  bucket.at = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}
