import type { Preset } from '../../support/preset.ts'

const flush =
  'Flush of the log: 1.64 ms, pg_test_fsync with fdatasync, an 8 KiB write on one NVMe SSD without power-loss protection (Samsung 990 Pro, xfs), T. Poder, 27 May 2025, https://tanelpoder.com/posts/using-pg-test-fsync-for-testing-low-latency-writes; with power-loss protection 12 to 58 us were measured, M. Callaghan, 7 January 2026, http://smalldatum.blogspot.com/2026/01/ssds-power-loss-protection-and-fsync.html: then set `flush: 50us`'

/** CPU time of one operation and, of a write, the flush of its log: docs/decisions/0010. */
export const databasePresets: readonly Preset[] = [
  {
    name: 'postgresql',
    values: { read: '49us', write: '207us', flush: '1.6ms', connections: 100 },
    source: `Measured: PostgreSQL 15.18, pgbench -S (read) and an UPDATE by primary key (write), scale 10, one client, simple protocol, loopback, CPU time of the server per transaction, median of 5 runs (35–55 us, 194–235 us), AMD EPYC, November 2026; max_connections defaults to 100. ${flush}`,
  },
  {
    name: 'mariadb',
    values: { read: '50us', write: '159us', flush: '1.6ms', connections: 151 },
    source: `Measured: MariaDB 10.11.19, sysbench oltp_point_select (read) and oltp_update_non_index (write), 100,000 rows, one client, no prepared statements, loopback, CPU time of the server per statement, median of 5 runs (38–60 us, 136–185 us), AMD EPYC, November 2026; max_connections defaults to 151. ${flush}`,
  },
]
