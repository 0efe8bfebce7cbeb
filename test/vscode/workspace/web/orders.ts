import { type Database, NotFoundError, type Row } from './database.ts';

export interface Order {
  readonly id: string;
  readonly customerId: string;
  readonly totalInCents: number;
  readonly createdAt: Date;
}

function toOrder(row: Row): Order {
  return {
    id: String(row.id),
    customerId: String(row.customer_id),
    totalInCents: Number(row.total_in_cents),
    createdAt: new Date(String(row.created_at)),
  };
}

export class OrderRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async findById(id: string): Promise<Order> {
    const row = await this.#database.findOne('select * from orders where id = $1', [id]);
    if (!row) throw new NotFoundError('order', id);
    return toOrder(row);
  }

  async findByCustomer(customerId: string): Promise<readonly Order[]> {
    const rows = await this.#database.findMany('select * from orders where customer_id = $1', [customerId]);
    return rows.map(row => toOrder(row));
  }

  async remove(id: string): Promise<void> {
    const removed = await this.#database.execute('delete from orders where id = $1', [id]);
    if (removed === 0) throw new NotFoundError('order', id);
  }
}
