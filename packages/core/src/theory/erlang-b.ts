/**
 * The share of customers turned away by `servers` servers without a waiting room, Poisson arrivals that offer `load`
 * (arrival rate times mean service time), any service distribution. By the recursion B(c) = a B(c-1) / (c + a B(c-1)).
 * Source: A. K. Erlang, 1917; insensitivity: B. A. Sevastyanov, 1957.
 */
export function erlangB(servers: number, load: number): number {
  let blocked = 1
  for (let c = 1; c <= servers; c += 1) blocked = (load * blocked) / (c + load * blocked)
  return blocked
}
