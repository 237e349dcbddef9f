import { binaryIntegers } from './binary-integers.ts'

export const int64 = binaryIntegers(64, 'low', ['u64', 'uint64'])
