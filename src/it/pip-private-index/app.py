import acme_greet

print(acme_greet.greeting("world"))
