// Wagtail's calendar puts the present moment in place of a date that it cannot read: a slip of the finger would publish
// at once. What was typed stays instead, and saving says what is wrong with it.
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
