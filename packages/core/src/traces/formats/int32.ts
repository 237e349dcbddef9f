import { binaryIntegers } from './binary-integers.ts'

export const int32 = binaryIntegers(32, 'low', ['u32', 'uint32'])
