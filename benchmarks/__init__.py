"""What Kelmu's speed and size are measured by, as ratios within one run."""

PURPOSE = "other_benefits"  # every page is opened under it
