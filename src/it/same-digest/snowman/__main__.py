from snowman import main

main()
