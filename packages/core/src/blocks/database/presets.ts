import type { Preset } from '../../support/preset.ts'

/** What a preset of CPU time leaves out of a write. */
const withoutFlush =
  'CPU time only: a durable write also waits until its log is flushed to disk, which is not included; add a `wait` step of that time at the side of the caller where it matters'

/** CPU time of one operation, without waiting for disks or the network: docs/decisions/0010. */
export const databasePresets: readonly Preset[] = [
  {
    name: 'postgresql',
    values: { read: '49us', write: '207us', connections: 100 },
    source: `${withoutFlush}. Measured: PostgreSQL 15.18, pgbench -S (read) and an UPDATE by primary key (write), scale 10, one client, simple protocol, loopback, CPU time of the server per transaction, median of 5 runs (35–55 us, 194–235 us), AMD EPYC, November 2026; max_connections defaults to 100`,
  },
  {
    name: 'mariadb',
    values: { read: '50us', write: '159us', connections: 151 },
    source: `${withoutFlush}. Measured: MariaDB 10.11.19, sysbench oltp_point_select (read) and oltp_update_non_index (write), 100,000 rows, one client, no prepared statements, loopback, CPU time of the server per statement, median of 5 runs (38–60 us, 136–185 us), AMD EPYC, November 2026; max_connections defaults to 151`,
  },
]
