import type { Counter, Queue, Resource } from '../kernel/measured.ts'

/** By position, the members of lists that are all alike. */
function columns<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return (lists[0] ?? []).map((_, at) => lists.map((list) => list[at] as T))
}

function sumOf<T>(all: readonly T[], read: (one: T) => number): number {
  return all.reduce((sum, one) => sum + read(one), 0)
}

/** The resources of several processes as those of their block. */
export function summedResources(lists: readonly (readonly Resource[])[]): readonly Resource[] {
  return columns(lists).map((all): Resource => {
    const [{ name, isRoom, workBegun }] = all as [Resource]
    return {
      name,
      ...(isRoom === undefined ? {} : { isRoom }),
      get capacity() {
        return sumOf(all, (one) => one.capacity)
      },
      areaAt: (nowMs) => sumOf(all, (one) => one.areaAt(nowMs)),
      ...(workBegun === undefined ? {} : { workBegun: (nowMs) => sumOf(all, (one) => one.workBegun?.(nowMs) ?? 0) }),
    }
  })
}

/** The queues of several processes as those of their block; the longest is the longest of one process. */
export function summedQueues(lists: readonly (readonly Queue[])[]): readonly Queue[] {
  return columns(lists).map((all): Queue => {
    const [{ name, unserved }] = all as [Queue]
    return {
      name,
      areaAt: (nowMs) => sumOf(all, (one) => one.areaAt(nowMs)),
      length: () => sumOf(all, (one) => one.length()),
      max: () => Math.max(...all.map((one) => one.max())),
      ...(unserved === undefined ? {} : { unserved: () => sumOf(all, (one) => one.unserved?.() ?? 0) }),
    }
  })
}

export function summedCounters(lists: readonly (readonly Counter[])[]): readonly Counter[] {
  return columns(lists).map((all) => ({
    name: (all[0] as Counter).name,
    read: (nowMs) => sumOf(all, (one) => one.read(nowMs)),
  }))
}
