import { traceFormat } from './format.ts'

const entryBytes = 24

export const oracleGeneral = traceFormat({
  name: 'oracle-general',
  title: 'libCacheSim oracleGeneral',
  summary:
    'Binary records of 24 bytes, little-endian: time in seconds (4), key (8), size in bytes (4), position of the next request for the key or -1 (8).',
  source: 'libCacheSim, traceReader/customizedReader/oracle/oracleGeneralBin.h',
  goodFor: 'the large public collections of traces: Twitter, Meta, Tencent, Wikipedia, CloudPhysics',
  costs: 'the position of the next request is ignored; policies that need it compute it again',
  aliases: ['oraclegeneral', 'oracleGeneral'],
  params: {},
  endings: ['.oraclegeneral', '.oraclegeneral.bin'],
  entry: entryBytes,
  expected: 'a record of 24 bytes: time, key, size, next request',
  create() {
    const word = (bytes: Uint8Array, at: number): number =>
      ((bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24)) >>>
      0
    return {
      read(bytes, from, to, into) {
        if (to - from < entryBytes) return 'malformed'
        const high = word(bytes, from + 8)
        if (high < 0x200000) into.numbered(high * 4_294_967_296 + word(bytes, from + 4))
        else into.texted(bytes, from + 4, from + 12)
        into.timeMs = word(bytes, from) * 1000
        into.sizeBytes = word(bytes, from + 12)
        return 'taken'
      },
      // Text has letters where the high word of the position is, and no such trace has so many requests.
      resembles(bytes, from) {
        const [low, high] = [word(bytes, from + 16), word(bytes, from + 20)]
        // None comes next: -1 or, in some of these files, the largest number there is. Nor does one come at 0, as in zeros.
        const isNone = low >= 0xfffffffe && (high === 0xffffffff || high === 0x7fffffff)
        return isNone || (high < 0x10000 && high + low > 0)
      },
    }
  },
})
