"""What the ground changes in the admin: choosers, bulk actions, guards, reports, workflows."""
