import { readFileSync } from 'node:fs'

const kibibyte = 1024
const mebibyte = 1024 * kibibyte
/** What V8 and the allocator reserve for a thread: measured with Node 20 on Linux, and a tenth more. */
const bytesOfThread = 900 * mebibyte

/** So many threads of those wanted find room in the address space that `ulimit -v` leaves; one that does not ends the process. */
export function threadsWithRoom(wanted: number): number {
  return Math.min(wanted, Math.floor(freeAddressBytes() / bytesOfThread))
}

/** What a process needs that is as large as this one and starts a thread, MiB. */
export function neededMebibytes(): number {
  return Math.ceil((sizeBytes() + bytesOfThread) / mebibyte)
}

/** Infinity where there is no limit, or no Linux that would tell it. */
function freeAddressBytes(): number {
  const limit = textOf('/proc/self/limits').match(/^Max address space\s+(\d+)\s/m)?.[1]
  return limit === undefined ? Number.POSITIVE_INFINITY : Math.max(0, Number(limit) - sizeBytes())
}

function sizeBytes(): number {
  return Number(textOf('/proc/self/status').match(/^VmSize:\s+(\d+) kB/m)?.[1] ?? 0) * kibibyte
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
