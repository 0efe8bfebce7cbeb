import { type Database, NotFoundError, type Row } from './database.ts';

export interface Customer {
  readonly id: string;
  readonly email: string;
  readonly createdAt: Date;
}

function toCustomer(row: Row): Customer {
  return {
    id: String(row.id),
    email: String(row.email),
    createdAt: new Date(String(row.created_at)),
  };
}

export class CustomerRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async findById(id: string): Promise<Customer> {
    const row = await this.#database.findOne('select * from customers where id = $1', [id]);
    if (!row) throw new NotFoundError('customer', id);
    return toCustomer(row);
  }

  async remove(id: string): Promise<number> {
    const removed = await this.#database.execute('delete from customers where id = $1', [id]);
    return removed;
  }
}
