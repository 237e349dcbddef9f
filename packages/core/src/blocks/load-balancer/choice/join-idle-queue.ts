import { choice } from './choice.ts'

export const joinIdleQueue = choice({
  name: 'join-idle-queue',
  title: 'Join idle queue',
  summary:
    'The target that has been idle for longest, idle meaning without a call outstanding; any target at random if none is idle.',
  source: 'Y. Lu et al., "Join-Idle-Queue", Performance Evaluation 68(11), 2011',
  goodFor:
    'many targets at moderate load: as good as knowing all queues, for one message a target when it becomes idle',
  costs: 'near saturation nobody is idle, and it is as blind as a random choice',
  seenIn: ['Microsoft Azure (research)'],
  aliases: ['jiq', 'first-idle'],
  params: {},
  create(_values, targets) {
    const { count, outstanding } = targets
    /** The idle targets in the order in which they became idle, as a circle that begins and ends at `count`; -1 for none. */
    const next = new Int32Array(count + 1).fill(-1)
    const previous = new Int32Array(count + 1).fill(-1)
    const isAvailable = new Uint8Array(count)
    const isListed = (target: number) => next[target] !== -1
    const list = (target: number) => {
      const last = previous[count] as number
      next[last] = target
      previous[target] = last
      next[target] = count
      previous[count] = target
    }
    const strike = (target: number) => {
      const [before, after] = [previous[target] as number, next[target] as number]
      next[before] = after
      previous[after] = before
      next[target] = -1
    }
    next[count] = count
    previous[count] = count
    const onTargets = (available: readonly number[]) => {
      isAvailable.fill(0)
      for (const target of available) isAvailable[target] = 1
      for (let target = 0; target < count; target++) {
        const isIdle = isAvailable[target] === 1 && outstanding[target] === 0
        if (isListed(target) && !isIdle) strike(target)
        else if (isIdle && !isListed(target)) list(target)
      }
    }
    onTargets(targets.available)
    return {
      choose(_call, _nowMs, random) {
        const { available } = targets
        const first = next[count] as number
        return first === count ? (available[random.below(available.length)] as number) : first
      },
      onSent(target) {
        if (isListed(target)) strike(target)
      },
      onDone(target) {
        if (outstanding[target] === 0 && isAvailable[target] === 1) list(target)
      },
      onTargets,
    }
  },
})
