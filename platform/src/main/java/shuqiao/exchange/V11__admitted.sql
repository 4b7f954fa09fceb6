-- Sessions are counted by the room line since its rows are the count; nothing reads this.
alter table exchange.run drop column admitted;
