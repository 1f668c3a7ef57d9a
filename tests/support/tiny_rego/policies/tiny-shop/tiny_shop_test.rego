package policies["tiny-shop_test"]

test_is_no_part_of_the_bundle := true
