import { binaryIntegers } from './binary-integers.ts'

export const int64BigEndian = binaryIntegers(64, 'high', ['u64be', 'uint64-be'])
