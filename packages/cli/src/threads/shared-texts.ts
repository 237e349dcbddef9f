/** A text of a design that is as long as this or longer is sent to threads once, and not with every task. */
const leastLength = 65_536

/** Stands in a task for a long text: its bytes are in memory that all threads share. */
interface SharedText {
  readonly sharedText: number
  readonly bytes: Uint8Array
}

/** Where the long texts of tasks are put into shared memory: each once, whatever the number of tasks. */
export class TextStore {
  private readonly texts = new Map<string, SharedText>()
  private readonly stored = new WeakMap<object, unknown>()

  /** The same data, with long texts in shared memory; itself if there are none. */
  store<T extends object>(data: T): T {
    const before = this.stored.get(data)
    if (before !== undefined) return before as T
    const after = replaced(data, (value) =>
      typeof value === 'string' && value.length >= leastLength ? this.shared(value) : value,
    ) as T
    this.stored.set(data, after)
    return after
  }

  private shared(text: string): SharedText {
    const before = this.texts.get(text)
    if (before !== undefined) return before
    const own = new TextEncoder().encode(text)
    const bytes = new Uint8Array(new SharedArrayBuffer(own.length))
    bytes.set(own)
    const shared = { sharedText: this.texts.size, bytes }
    this.texts.set(text, shared)
    return shared
  }
}

/** The texts that this thread has read from shared memory. */
const read = new Map<number, string>()

/** The data as they were before a `TextStore` took them. */
export function withTexts<T extends object>(data: T): T {
  return replaced(data, (value) => (isShared(value) ? textOf(value) : value)) as T
}

function textOf({ sharedText, bytes }: SharedText): string {
  const before = read.get(sharedText)
  if (before !== undefined) return before
  // What decodes must not be shared: another thread could change it in the meantime.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.slice())
  read.set(sharedText, text)
  return text
}

function isShared(value: unknown): value is SharedText {
  return typeof value === 'object' && value !== null && 'sharedText' in value
}

/** Plain data with some of their values replaced; what holds none of these stays the same object. */
function replaced(data: unknown, by: (value: unknown) => unknown): unknown {
  const own = by(data)
  if (own !== data || typeof own !== 'object' || own === null || ArrayBuffer.isView(own)) return own
  const isPlain = Array.isArray(own) || Object.getPrototypeOf(own) === Object.prototype
  if (!isPlain) return own
  const entries = Object.entries(own).map(([name, value]) => [name, replaced(value, by)] as const)
  if (entries.every(([name, value]) => value === (own as Record<string, unknown>)[name])) return own
  return Array.isArray(own) ? entries.map(([, value]) => value) : Object.fromEntries(entries)
}
