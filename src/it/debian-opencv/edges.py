import cv2
import numpy

square = numpy.zeros((9, 9), numpy.uint8)
square[3:6, 3:6] = 255
print(cv2.countNonZero(cv2.Canny(square, 100, 200)) > 0)
