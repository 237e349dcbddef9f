import { binaryIntegers } from './binary-integers.ts'

export const int32BigEndian = binaryIntegers(32, 'high', ['u32be', 'uint32-be'])
